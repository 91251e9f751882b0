// tsyringe refuses to load before this, so both come from here.
import 'reflect-metadata';

export { container, instanceCachingFactory, type DependencyContainer } from 'tsyringe';
