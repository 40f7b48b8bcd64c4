/**
 * A text as the query of a link may carry it: only what means something there is encoded. Browsers encode
 * letters beyond ASCII by themselves, and a page in Cyrillic is half as large without it.
 */
export const linkText = (text: string): string => encodeURIComponent(text).replace(/(?:%[89A-F][0-9A-F])+/g, decodeURIComponent);

/** The chats a message is handed to, by their own names, which no language changes. */
export function chatsFor(message: string, address: string): { name: string; href: string }[] {
  const withoutAddress = linkText(message.replace(address, "").trim());
  return [
    { name: "WhatsApp", href: `https://wa.me/?text=${linkText(message)}` },
    { name: "Telegram", href: `https://t.me/share/url?url=${encodeURIComponent(address)}&text=${withoutAddress}` },
  ];
}
