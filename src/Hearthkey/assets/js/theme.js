import { on } from './on.js';

// at once on the page; the form's cookie makes it last
on('click', '[data-theme-set]', (button, e) => {
  e.preventDefault();
  const { form, value } = button;
  if (value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
  for (const other of form.querySelectorAll('[data-theme-set]')) other.setAttribute('aria-pressed', other === button);
  fetch(form.action, { method: 'POST', body: new FormData(form, button), redirect: 'manual' });
});
