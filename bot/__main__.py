"""``python -m bot`` is ``govnews``."""

from bot.cli import main

if __name__ == "__main__":
    main()
