"""What people do with rosters: invite and part with persons, propose and grant roles, seat benches, stand in, name institutions."""
