"""What a class has taught the scheduler."""
