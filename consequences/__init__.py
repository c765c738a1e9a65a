"""What the deletion of a session would take, told before it is done."""
