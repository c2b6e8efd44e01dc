"""What a person touches: the Telegram application, the command line, the terminal chat, the simulator."""

__version__ = "0.1.0"
