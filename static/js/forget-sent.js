// What a form sent, the browser keeps with the page that answered, on its disk as well, to be able to send it
// again. From here on it only knows that this address was looked at. In the head and not a module: before
// anything of the page can be read, so that nobody has gone on by then.
history.replaceState(history.state, "");
