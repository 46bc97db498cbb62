"""The contact guard: ways to be reached elsewhere, found in what somebody wrote."""
