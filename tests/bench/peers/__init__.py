"""The bots this one is measured beside, each as its library's documentation shows it."""
