"""Measurements of Lamplight on the machine at hand. Figures are ratios within one run, never promises."""
