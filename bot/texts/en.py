"""The English words: short, kind, and easy to look at."""

TEXTS: dict[str, str] = {
    # Beginning
    "start": (
        "👋 Hello! Ask me about Thai government news.\n\n"
        "Ask as you would ask a friend: you get the answer with the excerpt that proves it, the date and the agency.\n"
        "<i>Every answer is taken from the news. Nothing is made up.</i>"
    ),
    "start_examples": "Or try one of these 👇",
    "help": (
        "<b>What you can ask</b>\n"
        "• Who chaired the opening of …\n"
        "• When and where was …\n"
        "• Which agency held … and how many …\n"
        "• Which events did [name] chair\n\n"
        "Thai abbreviations are fine: มท. พม. ผวจ. 1 พ.ค. 60\n"
        "Edit your question and the answer follows.\n\n"
        "<b>Commands</b>\n{commands}\n\n"
        "In a group: mention @{username} or reply to the bot.\n"
        "In any chat: type @{username} and your question."
    ),
    "group_hello": "👋 Hello! Mention @{username} and ask about government news.",
    "example_1": "Who opened the Bangkok forum on business and gender diversity?",
    "example_2": "Who chaired the role model leaders seminar in Tak?",
    "example_3": "When did Srettha open the forum on gender diversity?",
    # Command menu
    "menu_start": "Begin",
    "menu_help": "How to ask, and all commands",
    "menu_ask": "Ask the news",
    "menu_latest": "Latest news of an agency or topic",
    "menu_agency": "Agencies in the news",
    "menu_person": "Events a person chaired",
    "menu_chair": "Who chaired this event",
    "menu_today": "Today's news",
    "menu_follow": "Follow a topic",
    "menu_following": "See and change what you follow",
    "menu_language": "Language · เปลี่ยนภาษา",
    "menu_privacy": "What the bot keeps",
    "menu_forget": "Delete my data",
    "menu_status": "State of the library",
    "menu_admin": "For operators",
    # Answers
    "result_of": "{number}/{total}",
    "more_found": "{count} more found",
    "same_event": "{count} more about the same event",
    "likely": "Most likely",
    "likely_here": "The answer is most likely in this article",
    "several": "Several events match: take your pick",
    "events_of": "Events chaired by <b>{person}</b>",
    "published": "published {date}",
    "not_found": "🔎 The news I have does not answer this.",
    "not_found_nearest": "The nearest headlines:",
    "not_found_hint": "Try adding the event, the place or the date.",
    "chat_reply": "🙂 Nice to meet you. Ask me about government news: who chaired an event, when or where it was.",
    "ask_what": "Write your question after the command, like this:\n<code>/ask {example}</code>",
    "text_only": "I can only read text for now. Just type your question 🙂",
    "unknown_command": "I do not know that command. See /help for all of them.",
    "unknown_button": "This button no longer works. Please ask again.",
    "expired": "This answer is an old one. Please ask again.",
    "too_long": "That is a little long. Please keep it to {limit} characters.",
    "slow_down": "⏳ A little fast for me. Take a short break and ask again.",
    "error": "Sorry, something went wrong. Please try again in a moment 🙏",
    # Buttons
    "button_previous": "◀ Previous",
    "button_next": "Next ▶",
    "button_article": "📰 Whole article",
    "button_person": "👤 Other events",
    "button_years": "📅 Other years",
    "button_good": "👍 On target",
    "button_bad": "👎 Off target",
    "button_back": "↩ Back to the answer",
    "thanks_good": "Thank you 🙂",
    "thanks_bad": "Thank you, this helps to improve.",
    "no_other_events": "No other events of this person were found.",
    "no_other_years": "This event was not found in other years.",
    "other_years": "📅 Similar events in other years",
    "article_gone": "This article is no longer in the library.",
    "article_page": "Page {number}/{total}",
    # Inline
    "inline_ask": "Ask about government news…",
    "inline_nothing": "Nothing found · ask in the chat",
    # Lists
    "latest": "🗞 <b>Latest news</b>",
    "latest_of": "🗞 <b>Latest news: {topic}</b>",
    "latest_none": "No news about “{topic}” yet.",
    "library_empty": "The library is still empty.",
    "agencies": "🏛 <b>Agencies in the news</b>\nTap one for its latest news, or type <code>/agency มท.</code>",
    "person_what": "Write a name after the command: <code>/person {example}</code>",
    "person_none": "No events chaired by “{person}” were found.",
    "person_example": "คมสัน เอกชัย",
    "chair_what": "Write the event after the command: <code>/chair {example}</code>",
    "chair_example": "สัมมนาผู้นำต้นแบบ จังหวัดตาก",
    "today": "📆 <b>Today's news</b> {date}",
    "today_none": "No news yet today. The newest is of <b>{date}</b>.",
    # Following
    "follow_what": "🔔 What would you like to follow? Write words, an agency or a name:\n<code>/follow น้ำท่วม</code>",
    "follow_or_agency": "Or pick an agency 👇",
    "follow_private": "Following works in a private chat with the bot.",
    "follow_open": "Open the chat",
    "follow_done": "🔔 You now follow <b>{words}</b>",
    "follow_when": "When shall I send it?",
    "follow_too_many": "You can follow up to {limit} topics. Stop one first: /following",
    "follow_too_long": "That is a little long to follow. Please keep it to {limit} characters.",
    "following": "🔔 <b>What you follow</b>",
    "following_none": "You follow nothing yet. Begin with /follow",
    "following_item": "<b>{words}</b> · {when}",
    "when_now": "at once",
    "when_daily": "daily at {hour:02}:00",
    "when_paused": "paused",
    "button_now": "⚡ At once",
    "button_hour": "🕖 {hour:02}:00",
    "button_other_hour": "🕰 Other hour",
    "button_back_to_options": "↩ Back",
    "follow_hours": "At what hour shall I send <b>{words}</b> each day (Thai time)?",
    "button_pause": "⏸ Pause",
    "button_resume": "▶ Resume",
    "button_stop": "✖ Stop",
    "button_options": "⚙ {words}",
    "stopped": "You no longer follow <b>{words}</b>",
    "not_followed": "You do not follow this any more.",
    "news_of": "🔔 <b>{words}</b>",
    "news_more": "and {count} more: see /latest",
    # Language
    "language": "เลือกภาษา · Choose a language",
    "language_set": "English it is.",
    "language_name": "English",
    # Privacy
    "privacy": (
        "🔒 <b>Privacy</b>\n"
        "• {questions}\n"
        "• The on/off target buttons keep the question and the choice, not who made it.\n"
        "• Your language and what you follow are kept until you delete them.\n"
        "• Recent answers stay in memory for a while, so that you can page through them.\n\n"
        "Delete all that is yours with /forget"
    ),
    "privacy_not_kept": "Your questions are not kept.",
    "privacy_kept": "The operator keeps questions to improve the bot, but not who asked them.",
    "forget_sure": "Delete your language choice and everything you follow?",
    "button_forget": "🗑 Delete",
    "button_keep": "Keep",
    "forgotten": "All deleted.",
    "kept": "Kept as it was.",
    # Status
    "status": (
        "📚 <b>{articles}</b> articles\n"
        "🗓 newest <b>{newest}</b>\n"
        "🏛 {agencies} agencies\n"
        "🔄 library updated {age}\n"
        "⚙ version {version}"
    ),
    "none_yet": "none yet",
    "age_minutes": "{count} min ago",
    "age_hours": "{count} h ago",
    "age_days": "{count} days ago",
    # Operators
    "admin_only": "This command is for operators.",
    "admin": (
        "🛠 <b>Operators</b>\n"
        "questions {questions} · answered {answered} · not found {unanswered}\n"
        "followers {followers} · topics {follows}\n"
        "👍 {good} · 👎 {bad}\n"
        "errors {errors}\n\n"
        "Write to all followers: <code>/admin broadcast TEXT</code>"
    ),
    "button_reload": "🔄 Reload the library",
    "reloaded": "Reloaded: {articles} articles.",
    "broadcast_what": "Write the text after the command: <code>/admin broadcast TEXT</code>",
    "broadcast_sure": "Send this to {count} followers?\n\n{text}",
    "button_send": "📣 Send",
    "button_cancel": "Cancel",
    "broadcast_done": "Sent to {sent} · failed for {failed}",
    "broadcast_cancelled": "Cancelled.",
    "not_allowed_here": "Sorry, this bot only serves groups that its operator allows.",
    "operator_error": "⚠️ <b>{kind}</b>\n{place}\n{times}",
    "operator_error_times": "{count} times since last told",
    # The chat in the terminal
    "chat_you": "You",
    "chat_hint": "Type a question · / commands · a number presses its button · PgDn PgUp turn pages · /quit leaves",
    "chat_no_turn": "There is no page to turn to.",
    "chat_quit": "Leave the chat",
}
