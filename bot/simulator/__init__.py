"""A strict Telegram Bot API on 127.0.0.1, people who use the bot, and a chat page: no token and no internet needed.

In a test, run the real application against it::

    async with Simulator() as sim:
        application = build_application(settings_with(token=sim.token, api_url=sim.api_url), library)
        # python-telegram-bot's own words: .token(sim.token).base_url(f"{sim.api_url}/bot")
        await application.initialize(); await application.start(); await application.updater.start_polling()

        somchai = sim.person("สมชาย", language="th")         # a person with a private chat
        welcome = await somchai.ask("/start")                # send, then wait for the bot's next message
        await somchai.send("...")                            # a Seen: .id .text .entities .update_id ...
        answer = await somchai.reply()                       # the next message not yet read; TimeoutError after 10 s
        answer.marked("bold"), answer.links, answer.buttons  # what stands in it
        toast = await somchai.press(answer, "ถัดไป")          # by callback data, or by (part of) the button's text
        later = await somchai.edited(answer)                 # the message once the bot has changed it
        mine = await somchai.send("คำถาม"); await somchai.edit(mine, "คำถามใหม่")
        cards = await somchai.inline("คำถาม")                 # .titles .results .button .cache_time .next_offset
        sent = await somchai.choose(cards, cards.results[0]["id"], chat=group)
        somchai.menu(), somchai.history(), await somchai.block()

        group = sim.group("กลุ่มข่าว", somchai, malee)         # supergroup; basic=True, forum=True, administrator=person
        topic = sim.topic(forum, "ทั่วไป", somchai)
        await somchai.send(f"@{sim.username} ...", chat=group, topic=None, reply_to=answer)
        await somchai.reply(chat=group, topic=topic)
        sim.privacy_mode = False                             # on by default: only what is meant for the bot

        sim.calls, sim.called("sendMessage")                 # every call: .method .params .status .reply .at .chat_id
        await sim.wait_for(lambda: ...), await sim.wait_for_call("setMyCommands"), await sim.fetched()
        sim.fail("sendMessage", Fault.flood(1))              # .server_error() .garbage() .drop(after=True) .slow(2)
        sim.rates.enforced = True                            # 429 above Telegram's rates
        sim.deliver_again(mine.update_id)                    # the same update twice
        sim.advance(120)                                     # open queries grow too old

Nothing here sleeps: waiting ends with the event waited for.  What Telegram refuses is refused in Telegram's words.
"""

from bot.simulator.actions import CannotDo
from bot.simulator.faults import Fault
from bot.simulator.people import CallbackAnswer, InlineAnswer, Person, Seen
from bot.simulator.server import Call
from bot.simulator.simulator import Simulator

__all__ = ["Call", "CallbackAnswer", "CannotDo", "Fault", "InlineAnswer", "Person", "Seen", "Simulator"]
