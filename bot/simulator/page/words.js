// What the page itself says.  The bot's own words come from the bot.
export const WORDS = {
  th: {
    chats: "แชต", messages: "ข้อความ", speakAs: "พูดในนามของ", theme: "สลับสีมืดและสว่าง", language: "ภาษาของผู้ใช้",
    back: "กลับ", raw: "คำขอและคำตอบดิบ", rawHint: "ทุกคำสั่งที่บอตส่งถึง Bot API เรียงจากใหม่ไปเก่า",
    down: "ไปข้อความล่าสุด", cards: "ผลลัพธ์แบบอินไลน์", menu: "เมนูคำสั่ง", menuShort: "เมนู", cancel: "ยกเลิก",
    write: "พิมพ์ข้อความ", send: "ส่ง", begin: "เริ่ม", clear: "ล้าง", ok: "ตกลง", bot: "บอต",
    typing: "กำลังพิมพ์", memberCount: (count) => `สมาชิก ${count} คน`, edited: "แก้ไขแล้ว",
    edit: "แก้ไข", reply: "ตอบกลับ", editing: "แก้ไขข้อความ", replying: "ตอบกลับถึง", actions: "จัดการข้อความ",
    today: "วันนี้", nothing: "ยังไม่มีข้อความ", via: "ผ่าน", gone: "ขาดการเชื่อมต่อ กำลังต่อใหม่",
    here: "พร้อมใช้งาน", copied: "คัดลอกแล้ว", unheard: "บอตไม่เห็นข้อความนี้ (โหมดส่วนตัวของกลุ่ม)",
    params: "คำขอ", answer: "คำตอบ", more: "ดูเพิ่ม", noCards: "ไม่พบผลลัพธ์",
    searching: "กำลังค้นหา", spoiler: "แสดงข้อความที่ซ่อน", groupEmpty: (bot) => `ในกลุ่ม เรียกบอตด้วย @${bot} ตอบกลับข้อความของบอต หรือใช้คำสั่ง`,
    replyTo: "ข้อความที่ตอบ", service: "ข้อความระบบ",
  },
  en: {
    chats: "Chats", messages: "Messages", speakAs: "Speak as", theme: "Switch between dark and light", language: "Language of this person",
    back: "Back", raw: "Raw requests and replies", rawHint: "Every call of the bot to the Bot API, newest first",
    down: "To the newest message", cards: "Inline results", menu: "Command menu", menuShort: "Menu", cancel: "Cancel",
    write: "Write a message", send: "Send", begin: "Start", clear: "Clear", ok: "OK", bot: "bot",
    typing: "typing", memberCount: (count) => `${count} members`, edited: "edited",
    edit: "Edit", reply: "Reply", editing: "Edit message", replying: "Reply to", actions: "Message actions",
    today: "Today", nothing: "No messages yet", via: "via", gone: "Connection lost, trying again",
    here: "Ready", copied: "Copied", unheard: "The bot does not get to see this message (group privacy)",
    params: "Request", answer: "Reply", more: "More", noCards: "Nothing found",
    searching: "Searching", spoiler: "Show hidden text", groupEmpty: (bot) => `In a group, mention @${bot}, reply to the bot or use a command`,
    replyTo: "Replied message", service: "Service message",
  },
};
