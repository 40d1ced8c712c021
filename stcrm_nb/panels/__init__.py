"""What the user clicks."""
