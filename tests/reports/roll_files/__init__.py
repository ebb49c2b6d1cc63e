"""What is read of rolls as communes keep them."""
