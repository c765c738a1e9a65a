"""Proofs: who changes a way in has proved who they are, on this device, of late."""
