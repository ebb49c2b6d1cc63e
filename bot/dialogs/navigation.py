"""The choices that are offered beside the answers, the same everywhere."""

from __future__ import annotations

from bot.dialogs.screens import Choice, say

WHY = Choice("why", say("nav.why"))
HELP = Choice("help", say("nav.help"))
BACK = Choice("back", say("nav.back"))
LATER = Choice("later", say("nav.later"))
PAUSE = Choice("pause", say("nav.pause"))
CANCEL = Choice("cancel", say("nav.cancel"))
CONTINUE = Choice("continue", say("nav.continue"))
SUMMARY = Choice("summary", say("nav.summary"))
LANGUAGE = Choice("language", say("nav.language"))
PRIVACY = Choice("privacy", say("nav.privacy"))
LINK = Choice("link", say("nav.link"))
OTHER_TITLE = Choice("titles", say("nav.other_title"))
MY_SHEETS = Choice("sheets", say("nav.my_sheets"))
RULES = Choice("rules", say("nav.rules"))
DESK = Choice("desk", say("nav.desk"))
