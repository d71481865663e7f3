"""Train, calibrate, evaluate and export the model: what turns labelled passages into a bundle."""
