"""The parts of a DRF view that all apps share; it imports no app."""
