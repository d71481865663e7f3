"""What publications claim, as a table and as a map."""
