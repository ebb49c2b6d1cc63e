"""The Telegram channel, on python-telegram-bot as Bot API client."""
