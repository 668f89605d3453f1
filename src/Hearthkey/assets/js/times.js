// the server does not know where the reader is; the browser does
const format = new Intl.DateTimeFormat(document.documentElement.lang, {
  day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short',
});
const localise = () => {
  for (const time of document.querySelectorAll('time[datetime]')) {
    const text = format.format(new Date(time.dateTime));
    if (time.textContent !== text) time.textContent = text;
  }
};

document.addEventListener('htmx:after:swap', localise);
localise();
