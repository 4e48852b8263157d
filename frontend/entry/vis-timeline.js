// Timeline, DataSet and DataView.  vis-timeline sets texts as HTML, after a filter which lets pictures and
// links pass, and which an option can switch off.  Here no element passes, whatever the options say: a text is
// shown as it is written.  Who needs elements gives the timeline a template that returns one.
import { DataSet, DataView } from "vis-data/esnext";
import { Timeline as Unguarded } from "vis-timeline/esnext";

const NO_ELEMENTS = { filterOptions: { whiteList: {} } };

class Timeline extends Unguarded {
  // as in vis-timeline: groups and options in either order, each optional
  constructor(container, items, ...rest) {
    const options = rest.find(isPlain);
    const groups = rest.find((each) => each && !isPlain(each));
    super(container, items, ...(groups ? [groups] : []), { ...options, xss: NO_ELEMENTS });
  }

  setOptions(options) {
    super.setOptions(options && { ...options, xss: NO_ELEMENTS });
  }
}

const isPlain = (given) => Boolean(given) && Object.getPrototypeOf(given) === Object.prototype;

export { DataSet, DataView, Timeline };
