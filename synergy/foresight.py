"""What has been seen of the scores' worth: said with every output that shows them."""

FORESIGHT = "TO BE FILLED"
