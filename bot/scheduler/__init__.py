"""The tick that finds what is due; the timers themselves are rows."""
