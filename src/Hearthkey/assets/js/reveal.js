import { on } from './on.js';

on('click', '[data-reveal]', button => {
  const input = document.getElementById(button.dataset.reveal);
  const isHidden = input.type === 'password';
  input.type = isHidden ? 'text' : 'password';
  button.setAttribute('aria-pressed', isHidden);
});
