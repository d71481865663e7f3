"""Other models on the same split, calibrated and measured as the model is."""
