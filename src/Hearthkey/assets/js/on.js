// one listener for the document, so that parts swapped in later work too
export const on = (event, selector, act) =>
  document.addEventListener(event, e => {
    const target = e.target.closest?.(selector);
    if (target) act(target, e);
  });
