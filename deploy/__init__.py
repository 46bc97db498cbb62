"""Running Lamplight for many: several processes behind a balancer, on PostgreSQL, with Redis as doorbell."""
