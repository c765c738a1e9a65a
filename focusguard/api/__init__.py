"""What every app shares to speak HTTP; it imports none of them."""
