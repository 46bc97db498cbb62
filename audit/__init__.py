"""Looking at Lamplight as somebody outside would: `make audit`."""
