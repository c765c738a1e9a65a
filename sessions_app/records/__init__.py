"""The history: sessions and entries together, as their owner labels them."""
