"""The first password of who came by another way: a provider, and no mail to reset by."""
