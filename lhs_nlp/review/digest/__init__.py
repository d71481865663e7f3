"""What a review says of each benefit, in counts and quotations."""
