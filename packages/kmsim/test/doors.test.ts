// One suite through every door that Node has. browser.test.ts has those of a browser.

import { doors } from './doors/every-door.ts';
import { suite } from './doors/suite.ts';

suite(doors);
