// the server does not know where the reader is; the browser does
const format = new Intl.DateTimeFormat(document.documentElement.lang, {
  day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short',
});
// day first, as the server writes it, so that nothing jumps
const write = date => {
  const part = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
  return `${part.day} ${part.month} ${part.year}, ${part.hour}:${part.minute} ${part.timeZoneName}`;
};
const localise = () => {
  for (const time of document.querySelectorAll('time[datetime]')) {
    const text = write(new Date(time.dateTime));
    if (time.textContent !== text) time.textContent = text;
  }
};

document.addEventListener('htmx:after:swap', localise);
localise();
