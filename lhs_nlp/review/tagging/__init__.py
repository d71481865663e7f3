"""What a model finds in the publications of a project."""
