"""Find publications by words and by meaning."""
