"""Faults: many people share through the official client while something breaks. `make faults`."""
