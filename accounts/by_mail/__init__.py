"""What accounts do by mail: proofs of an address, resets of a password, notices."""
