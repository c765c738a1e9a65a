"""The staff's site, and what the apps' `admin.py` share. It imports no `admin.py`."""
