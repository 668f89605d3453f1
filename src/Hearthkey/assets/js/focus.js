// the focus goes where the person has to act: a wrong field first, otherwise where the part that came in asks for it
const settle = () => {
  const wanted = document.querySelector('[data-focus]');
  (document.querySelector('[aria-invalid=true]') ?? wanted)?.focus();
  wanted?.removeAttribute('data-focus');
};

let posted = false;
document.addEventListener('htmx:before:request', e => { posted = e.target.matches?.('form'); });
document.addEventListener('htmx:after:swap', () => { if (posted) settle(); posted = false; });
document.querySelector('[aria-invalid=true]')?.focus();
