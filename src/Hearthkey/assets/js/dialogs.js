import { on } from './on.js';

document.addEventListener('htmx:after:swap', () => document.querySelector('dialog[data-modal]:not([open])')?.showModal());

on('click', 'dialog [data-close]', (link, e) => {
  e.preventDefault();
  link.closest('dialog').close();
});
on('click', '[data-dismiss]', button => button.closest('.toast').remove());
