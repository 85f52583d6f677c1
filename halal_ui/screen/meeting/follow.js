// What the presenter does, heard from the server; and told to it, where this page presents.
class Follow {
  // `heard(state)`: a change; `relieved()`: this page presents no more; `cut(is)`: the others cannot be told just now.
  constructor(meeting, {heard, relieved, cut}) {
    Object.assign(this, {meeting, heard, relieved, cut, token: "", sending: false, waiting: null, ended: false});
  }
  url(what) {
    return new URL(`rapat/${encodeURIComponent(this.meeting)}/${what}`, new URL(".", location.href)).href;
  }
  listen() {
    if (this.ended || this.source) return;
    this.source = new EventSource(this.url("ikuti"));
    this.source.onmessage = (message) => this.heard(JSON.parse(message.data));
    this.source.onerror = () => {
      if (this.source?.readyState !== EventSource.CLOSED) return; // it comes back by itself
      this.source = null;
      this.again = setTimeout(() => this.listen(), 5000);
    };
  }
  // One move at a time, and of those that wait only the last: they arrive in order.
  async tell(slide) {
    this.waiting = slide;
    if (this.sending) return;
    this.sending = true;
    while (this.waiting !== null && this.token && !this.ended) {
      const slide = this.waiting;
      this.waiting = null;
      try {
        const body = JSON.stringify({token: this.token, slide});
        const headers = {"Content-Type": "application/json"};
        const answer = await fetch(this.url("slide"), {method: "POST", headers, body});
        await answer.text(); // unread, it would hold its connection
        if (answer.status === 403 || answer.status === 404) {
          this.token = "";
          this.relieved();
        } else if (!answer.ok) throw new Error(answer.status);
        this.cut(false);
      } catch {
        this.cut(true);
        this.waiting ??= slide;
        await new Promise((ready) => setTimeout(ready, 500));
      }
    }
    this.sending = false;
  }
  // Nobody presents any more.
  stop() {
    const body = JSON.stringify({token: this.token, stop: true}), headers = {"Content-Type": "application/json"};
    fetch(this.url("slide"), {method: "POST", headers, body}).then((answer) => answer.text()).catch(() => {});
  }
  end() {
    this.ended = true;
    clearTimeout(this.again);
    this.source?.close();
  }
}
