"""What every analysis counts with: rows and their groups, periods, intervals. Pure."""
