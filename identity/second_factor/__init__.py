"""Second factors: codes of an authenticator app, and recovery codes for a lost one."""
