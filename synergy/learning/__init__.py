"""What regions learn from a survey and from one another: stress test, policy reading, good practices, workshops."""
