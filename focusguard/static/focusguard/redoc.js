// ReDoc would fetch the logo of its maker from its maker's server. Nothing here asks
// anybody else for anything: an image from elsewhere has failed before it is asked for.
const image = HTMLImageElement.prototype;
const setAttribute = image.setAttribute;

image.setAttribute = function (name, value) {
  const url = name === "src" ? new URL(value, location.href) : location;
  if (url.origin === location.origin || url.protocol === "data:") {
    setAttribute.call(this, name, value);
  } else {
    queueMicrotask(() => this.dispatchEvent(new Event("error")));
  }
};
Object.defineProperty(image, "src", {
  ...Object.getOwnPropertyDescriptor(image, "src"),
  set(value) {
    this.setAttribute("src", value);
  },
});
