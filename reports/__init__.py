"""The letter of each Monday: what somebody's focus came to in the week before."""
